package org.edgeplex.controller.api;

import java.util.Map;
import java.util.Optional;
import org.edgeplex.state.Bytes;

/// A request as handlers see it.
///
/// @param path what the variables of the route's template stand for
/// @param query first value of each
/// @param headers by lower-case name, first value of each
/// @param body empty for a method that has none
record ApiRequest(
        String method,
        String uri,
        Map<String, String> path,
        Map<String, String> query,
        Map<String, String> headers,
        Bytes body) {

    String variable(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no variable " + name);
        }
        return value;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }
}
