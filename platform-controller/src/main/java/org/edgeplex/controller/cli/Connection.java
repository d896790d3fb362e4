package org.edgeplex.controller.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.edgeplex.controller.api.ApiToken;
import picocli.CommandLine.Option;

/// How to reach a controller: options of every `vpn` command.
final class Connection {
    @Option(
            names = "--controller",
            defaultValue = "${env:EDGEPLEX_CONTROLLER:-http://127.0.0.1:8080}",
            paramLabel = "URL",
            description =
                    "The controller (default: $EDGEPLEX_CONTROLLER or http://127.0.0.1:8080).")
    private URI controller = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--token-file",
            defaultValue = "${env:EDGEPLEX_TOKEN_FILE:-token}",
            paramLabel = "FILE",
            description =
                    "Its token: the file \"token\" in its directory (default:"
                            + " $EDGEPLEX_TOKEN_FILE or ./token).")
    private Path tokenFile = Path.of("token");

    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    boolean json() {
        return json;
    }

    ApiClient open() {
        if (controller.getScheme() == null || controller.getHost() == null) {
            throw new ApiCallException(0, "not the URL of a controller: " + controller);
        }
        try {
            return new ApiClient(controller, ApiToken.read(tokenFile));
        } catch (IOException e) {
            throw new ApiCallException(
                    0,
                    "the token cannot be read (--token-file): "
                            + e.getClass().getSimpleName()
                            + ": "
                            + e.getMessage());
        }
    }
}
