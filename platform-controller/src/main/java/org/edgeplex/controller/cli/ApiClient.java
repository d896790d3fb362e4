package org.edgeplex.controller.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/// A client of the controller's API.
public final class ApiClient {
    private static final Duration CALL_TIME_MAX = Duration.ofSeconds(30);

    private final URI controller;
    private final String token;
    private final Path tokenFile;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper mapper = new ObjectMapper();

    /// @param tokenFile where the token is from, for errors
    ApiClient(URI controller, String token, Path tokenFile) {
        this.controller = controller;
        this.token = token;
        this.tokenFile = tokenFile;
    }

    public URI controller() {
        return controller;
    }

    public JsonNode get(String path) {
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
            throw new ApiCallException(0, controller + " is no controller: its answer is not JSON");
        } catch (IOException e) {
            throw new ApiCallException(0, noAnswer(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiCallException(0, "interrupted");
        }
    }

    private String noAnswer(IOException e) {
        return "no answer from the controller at "
                + controller
                + " ("
                + why(e)
                + "): is it up, and is --controller right?";
    }

    /// The client of the JDK often has no message, and its type says what happened.
    private static String why(IOException e) {
        return switch (e) {
            case HttpTimeoutException _ -> "it took too long";
            case ConnectException _
                    when e.getCause() instanceof ConnectException cause
                            && cause.getCause() instanceof UnresolvedAddressException ->
                    "no such host";
            case ConnectException _ when e.getMessage() == null -> "nobody listens there";
            case EOFException _ -> "the connection ended";
            default -> e.getMessage() == null ? "the connection failed" : e.getMessage();
        };
    }

    private String problem(int status, JsonNode document) {
        if (status == 401) {
            return "the controller at "
                    + controller
                    + " does not take the token of "
                    + tokenFile
                    + ": --token-file must name the file \"token\" in that controller's directory";
        }
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
