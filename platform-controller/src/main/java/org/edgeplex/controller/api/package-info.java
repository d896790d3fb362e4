/// The REST API of one PE: thin, blocking, one virtual thread per request.
///
/// Each request is authenticated, parsed strictly, and turned into one call of
/// [org.edgeplex.controller.intent.IntentStore]; nothing is done by a request that the reconciler
/// would not do by itself.
///
/// - RFC 9110 (HTTP: methods, conditional requests, status codes)
/// - RFC 6750, section 2.1 (bearer token in the Authorization header)
/// - RFC 9457 (problem details), with one `errors` entry per field, `pointer` as a URI fragment
/// - RFC 9182 (the nouns)
/// - WHATWG HTML, section 9.2 (Server-Sent Events)
/// - OpenAPI 3.1, `openapi.yaml`; a test keeps it in step with the routes
@NullMarked
package org.edgeplex.controller.api;

import org.jspecify.annotations.NullMarked;
