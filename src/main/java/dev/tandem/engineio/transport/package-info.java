/** The ways in which packets reach a client: one interface, and what implements it. */
package dev.tandem.engineio.transport;
