package org.edgeplex.controller.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/// A client of the controller's API.
final class ApiClient {
    private static final Duration CALL_TIME_MAX = Duration.ofSeconds(30);

    private final URI controller;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper mapper = new ObjectMapper();

    ApiClient(URI controller, String token) {
        this.controller = controller;
        this.token = token;
    }

    JsonNode get(String path) {
        return call(request(path).GET().build());
    }

    JsonNode post(String path, JsonNode body) {
        return call(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build());
    }

    JsonNode delete(String path) {
        return call(request(path).DELETE().build());
    }

    /// Follows the event stream until `enough` says so of an event, or time is over.
    ///
    /// @return whether it was enough
    boolean follow(String path, Duration wait, Predicate<JsonNode> enough) {
        long deadline = System.nanoTime() + wait.toNanos();
        HttpRequest request =
                HttpRequest.newBuilder(controller.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("Accept", "text/event-stream")
                        .build();
        // The stream says something at least every ten seconds: so the deadline is noticed.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                                        .body(),
                                StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null && System.nanoTime() < deadline) {
                if (line.startsWith("data:")
                        && enough.test(mapper.readTree(line.substring("data:".length())))) {
                    return true;
                }
                line = lines.readLine();
            }
            return false;
        } catch (IOException e) {
            throw new ApiCallException(0, noAnswer(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiCallException(0, "interrupted");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(controller.resolve(path))
                .timeout(CALL_TIME_MAX)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
    }

    private JsonNode call(HttpRequest request) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                JsonNode document = mapper.readTree(body);
                if (response.statusCode() >= 300) {
                    throw new ApiCallException(
                            response.statusCode(), problem(response.statusCode(), document));
                }
                return document;
            }
        } catch (JsonProcessingException e) {
            throw new ApiCallException(0, controller + " does not speak our language: not JSON");
        } catch (IOException e) {
            throw new ApiCallException(0, noAnswer(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiCallException(0, "interrupted");
        }
    }

    private String noAnswer(IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return "no answer from the controller at " + controller + " (" + why + ")";
    }

    private static String problem(int status, JsonNode document) {
        if (!document.hasNonNull("detail")) {
            return "status " + status;
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode error : document.path("errors")) {
            text.append(text.isEmpty() ? "" : "\n  ")
                    .append(error.path("pointer").asText().substring(1))
                    .append(": ")
                    .append(error.path("detail").asText());
        }
        return text.isEmpty() ? document.path("detail").asText() : text.toString();
    }
}
