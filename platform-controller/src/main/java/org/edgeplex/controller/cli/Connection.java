package org.edgeplex.controller.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;
import org.edgeplex.controller.api.ApiToken;
import org.edgeplex.state.FileFailure;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// How to reach a controller: options of every `vpn` command, and of `show`.
public final class Connection {
    private static final String EXAMPLE = " (--controller is such as http://127.0.0.1:8080)";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Option(
            names = "--controller",
            defaultValue = "${env:EDGEPLEX_CONTROLLER:-http://127.0.0.1:8080}",
            paramLabel = "URL",
            converter = UrlConverter.class,
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

    /// Says what a URL looks like, which the exception of one that is none does not.
    private static final class UrlConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new TypeConversionException(text + " is not one" + EXAMPLE);
            }
        }
    }

    public boolean json() {
        return json;
    }

    /// Whether the command line names a controller; the environment alone does not ask for one.
    public boolean isGiven(ParseResult line) {
        return line.hasMatchedOption("--controller") || line.hasMatchedOption("--token-file");
    }

    public ApiClient open() {
        String scheme = controller.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme) || controller.getHost() == null) {
            throw new ApiCallException(0, "not the URL of a controller: " + controller + EXAMPLE);
        }
        try {
            return new ApiClient(controller, ApiToken.read(tokenFile), tokenFile);
        } catch (IOException e) {
            throw new ApiCallException(
                    0,
                    "the token cannot be read: "
                            + FileFailure.text(e)
                            + " (--token-file must name the file \"token\" in the controller's"
                            + " directory)");
        }
    }
}
