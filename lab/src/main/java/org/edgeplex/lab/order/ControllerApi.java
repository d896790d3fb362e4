package org.edgeplex.lab.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// The REST API of one PE.
///
/// Each call that changes something is told to `teller` as the curl command that does the same.
public final class ControllerApi {
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(DEADLINE)
                    .build();

    private final URI base;
    private final Path tokenFile;
    private final Consumer<String> teller;

    public ControllerApi(URI base, Path tokenFile, Consumer<String> teller) {
        this.base = base;
        this.tokenFile = tokenFile;
        this.teller = teller;
    }

    public ControllerApi tellingTo(Consumer<String> other) {
        return new ControllerApi(base, tokenFile, other);
    }

    /// What a shell sets so that `edgeplex vpn` talks to this controller.
    public String environment() {
        return "EDGEPLEX_CONTROLLER=" + base + " EDGEPLEX_TOKEN_FILE=" + tokenFile;
    }

    /// Whether the controller answers; true from its first answer to its death.
    public boolean isUp() {
        try {
            return send("GET", "/healthz", "").statusCode() == 200;
        } catch (ApiException e) {
            return false;
        }
    }

    public JsonNode get(String path) {
        return read(accepted("GET", path, send("GET", path, "")));
    }

    /// Whether there is such a resource.
    public boolean exists(String path) {
        HttpResponse<String> response = send("GET", path, "");
        return response.statusCode() != 404 && !accepted("GET", path, response).body().isEmpty();
    }

    public JsonNode post(String path, JsonNode body) {
        teller.accept(curl("POST", path) + " -d '" + body + "'");
        return read(accepted("POST", path, send("POST", path, body.toString())));
    }

    public JsonNode delete(String path) {
        teller.accept(curl("DELETE", path));
        return read(accepted("DELETE", path, send("DELETE", path, "")));
    }

    private String curl(String method, String path) {
        return "curl -X "
                + method
                + " -H \"Authorization: Bearer $(cat "
                + tokenFile
                + ")\" -H 'Content-Type: application/json' "
                + base
                + path;
    }

    private HttpResponse<String> send(String method, String path, String body) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(base.resolve(path))
                            .timeout(DEADLINE)
                            .header("Accept", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body));
            if (!body.isEmpty()) {
                request.header("Content-Type", "application/json");
            }
            if (Files.exists(tokenFile)) {
                request.header("Authorization", "Bearer " + Files.readString(tokenFile).strip());
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ApiException(method + " " + base + path + ": no answer (" + e + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException("interrupted");
        }
    }

    private HttpResponse<String> accepted(
            String method, String path, HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new ApiException(
                    method
                            + " "
                            + base
                            + path
                            + ": status "
                            + response.statusCode()
                            + "\n"
                            + response.body());
        }
        return response;
    }

    private static JsonNode read(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new ApiException("not JSON: " + response.body());
        }
    }
}
