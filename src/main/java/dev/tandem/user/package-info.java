/**
 * Who a user is: {@link dev.tandem.user.Users} remembers whoever has come, {@link dev.tandem.user.Guests} mints those who come
 * without credentials. This package knows no door, and not how somebody proves who they are.
 */
package dev.tandem.user;
