/**
 * Who a user is. So far everybody is a guest, minted by the server: {@link dev.tandem.user.Guests}. This package knows no door.
 */
package dev.tandem.user;
