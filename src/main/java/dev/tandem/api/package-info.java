/**
 * HTTP for backends: resources, the records that they take, and one table that turns failures into problem details (RFC 9457).
 * Rules are kept by the features; what is checked here is the shape of a request.
 */
package dev.tandem.api;
