package org.edgeplex.controller.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which handler answers which method on which path.
final class Router {
    @FunctionalInterface
    interface Handler {
        ApiResponse handle(ApiRequest request);
    }

    /// @param template such as `/v1/vpn-services/{vpn-id}`
    /// @param open whether it answers without a token
    record Route(String method, String template, boolean open, Handler handler) {}

    record Match(Route route, Map<String, String> variables) {}

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    List<Route> routes() {
        return routes;
    }

    /// The route; a problem 404 or 405 when there is none.
    Match match(String method, String path) {
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = variables(route.template(), path);
            if (variables.isPresent()) {
                if (route.method().equals(method)) {
                    return new Match(route, variables.get());
                }
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw ProblemException.of(404, "there is nothing at " + path);
        }
        String allow = String.join(", ", allowed);
        throw ProblemException.of(405, path + " allows " + allow + " only", Map.of("Allow", allow));
    }

    private static Optional<Map<String, String>> variables(String template, String path) {
        String[] names = template.split("/", -1);
        String[] segments = path.split("/", -1);
        if (names.length != segments.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            if (names[i].startsWith("{")) {
                variables.put(names[i].substring(1, names[i].length() - 1), segments[i]);
            } else if (!names[i].equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
