/** The plain WebSocket door, {@code /ws}: text frames of JSON, one command or event each. */
package dev.tandem.gateway.websocket;
