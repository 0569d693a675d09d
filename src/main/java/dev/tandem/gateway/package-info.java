/**
 * The live doors and their one vocabulary.
 *
 * <p>What clients can say is {@link dev.tandem.gateway.ClientCommand}, what they are told is {@link dev.tandem.gateway.ServerFrame}.
 * A door ({@code socketio}, {@code websocket}) turns bytes into commands and frames into bytes; in between, a {@link
 * dev.tandem.gateway.Client} is one connection, {@link dev.tandem.gateway.Gateway} has commands carried out,
 * one after another, each by the {@code FeatureCommands} of its feature, and a {@code LocalRoom}
 * brings one room's events to those of this node who are in it, and the {@code LocalLobby} what becomes of the public rooms to those who
 * watch them. What may be under way, and wait, its {@code CommandQueue} knows, and lets a client wait that says more.
 */
package dev.tandem.gateway;
