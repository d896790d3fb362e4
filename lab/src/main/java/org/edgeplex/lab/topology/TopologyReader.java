package org.edgeplex.lab.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.edgeplex.lab.topology.VpnService.Routing;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;

/// Reads a topology file: YAML, then the schema, then values, then the rules between them.
public final class TopologyReader {
    private static final int BYTES_MAX = 1 << 20;
    private static final int CORE_MTU_BYTES = 1600;

    private final YamlDocument document;
    private final Path directory;
    private final List<Problem> problems = new ArrayList<>();

    private TopologyReader(YamlDocument document, Path directory) {
        this.document = document;
        this.directory = directory;
    }

    public static Topology read(Path file) throws TopologyException {
        return parse(file, text(file));
    }

    /// `file` gives the directory of the files named in the text, and stands in messages.
    public static Topology parse(Path file, String text) throws TopologyException {
        YamlDocument document = YamlDocument.parse(file, text);
        inheritFromKinds(document.root().path("topology"));
        List<Problem> shape = TopologySchema.problems(document);
        if (!shape.isEmpty()) {
            throw sorted(shape);
        }
        Path directory = file.toAbsolutePath().resolveSibling("");
        TopologyReader reader = new TopologyReader(document, directory);
        Topology topology = reader.topology();
        if (reader.problems.isEmpty()) {
            reader.problems.addAll(new TopologyRules(document, topology).problems());
        }
        if (!reader.problems.isEmpty()) {
            throw sorted(reader.problems);
        }
        return topology;
    }

    private static String text(Path file) throws TopologyException {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw unreadable(file, "is larger than " + BYTES_MAX + " bytes");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "no such file");
        } catch (MalformedInputException e) {
            throw unreadable(file, "is not UTF-8 text");
        } catch (IOException e) {
            throw unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    private static TopologyException unreadable(Path file, String why) {
        return new TopologyException(List.of(new Problem(file, 1, why)));
    }

    private static TopologyException sorted(List<Problem> problems) {
        return new TopologyException(
                problems.stream().sorted((a, b) -> Integer.compare(a.line(), b.line())).toList());
    }

    private Topology topology() {
        JsonNode root = document.root();
        LinkedHashMap<String, Node> nodes = new LinkedHashMap<>();
        for (var entry : root.at("/topology/nodes").properties()) {
            nodes.put(entry.getKey(), node(entry.getKey(), entry.getValue()));
        }
        List<Link> links = new ArrayList<>();
        for (JsonNode link : root.at("/topology/links")) {
            JsonNode ends = link.get("endpoints");
            links.add(
                    new Link(
                            Endpoint.parse(ends.get(0).asText()),
                            Endpoint.parse(ends.get(1).asText()),
                            link.path("mtu").asInt(Link.MTU_BYTES)));
        }
        List<VpnService> services = new ArrayList<>();
        for (var entry : root.path("vpn-services").properties()) {
            services.add(service(entry.getKey(), entry.getValue(), links));
        }
        return new Topology(root.get("name").asText(), directory, nodes, links, services);
    }

    /// What `topology.kinds` says of a kind holds for its nodes that do not say otherwise.
    private static void inheritFromKinds(JsonNode topology) {
        for (JsonNode node : topology.path("nodes")) {
            JsonNode defaults = topology.path("kinds").path(node.path("kind").asText());
            if (node instanceof ObjectNode own) {
                defaults.properties().stream()
                        .filter(entry -> !own.has(entry.getKey()))
                        .forEach(entry -> own.set(entry.getKey(), entry.getValue()));
            }
        }
    }

    private Node node(String name, JsonNode node) {
        String at = "/topology/nodes/" + name;
        List<String> exec = texts(node.path("exec"));
        return switch (node.get("kind").asText()) {
            case "frr" ->
                    new Node.Frr(
                            name,
                            exec,
                            config(node, at),
                            texts(node.get("daemons")),
                            node.path("mpls").asBoolean(false));
            case "bird" -> new Node.Bird(name, exec, config(node, at));
            case "gobgp" -> new Node.Gobgp(name, exec, config(node, at));
            case "linux" -> new Node.Linux(name, exec);
            default -> pe(name, exec, node, at);
        };
    }

    private Node pe(String name, List<String> exec, JsonNode node, String at) {
        return new Node.EdgePlexPe(
                name,
                exec,
                config(node, at),
                value(at + "/loopback", node.get("loopback"), Ipv4Address::parse, Ipv4Address.ANY),
                new AsNumber(node.get("as").asLong()),
                node.get("core-port").asText(),
                node.path("core-mtu").asInt(CORE_MTU_BYTES),
                values(at + "/route-reflectors", node.get("route-reflectors"), Ipv4Address::parse),
                range(at + "/label-range", node.get("label-range")),
                range(at + "/vlan-range", node.get("vlan-range")),
                texts(node.get("hosts")),
                node.path("controller-port").asInt(0));
    }

    private VpnService service(String name, JsonNode service, List<Link> links) {
        List<VpnService.Access> accesses = new ArrayList<>();
        for (int i = 0; i < service.get("accesses").size(); i++) {
            JsonNode access = service.get("accesses").get(i);
            accesses.add(access("/vpn-services/" + name + "/accesses/" + i, access, links));
        }
        boolean later = service.path("ordered").asText().equals("later");
        return new VpnService(
                name, later ? VpnService.Ordered.LATER : VpnService.Ordered.AT_START, accesses);
    }

    private VpnService.Access access(String at, JsonNode access, List<Link> links) {
        Endpoint port = Endpoint.parse(access.get("port").asText());
        String gateway = access.get("gateway").asText();
        int slash = gateway.indexOf('/');
        Ipv4Address address =
                value(
                        at + "/gateway",
                        access.get("gateway"),
                        text -> Ipv4Address.parse(text.substring(0, slash)),
                        Ipv4Address.ANY);
        return new VpnService.Access(
                port.node(),
                port.port(),
                otherEnd(port, links),
                address,
                Integer.parseInt(gateway.substring(slash + 1)),
                value(at + "/ce-address", access.get("ce-address"), Ipv4Address::parse, address),
                value(at + "/site", access.get("site"), Ipv4Address::parse, address),
                access.has("bgp")
                        ? new Routing.Bgp(new AsNumber(access.at("/bgp/peer-as").asLong()))
                        : new Routing.Static(
                                values(at + "/static", access.get("static"), Ipv4Prefix::parse)));
    }

    /// The node there; empty when nothing is wired to the port, which the rules report.
    private static String otherEnd(Endpoint port, List<Link> links) {
        for (Link link : links) {
            if (link.a().equals(port) || link.b().equals(port)) {
                return link.otherEnd(port).node();
            }
        }
        return "";
    }

    private Path config(JsonNode node, String at) {
        Path file = directory.resolve(node.path("startup-config").asText());
        if (!Files.isRegularFile(file)) {
            problems.add(document.problem(at + "/startup-config", "no such file: " + file));
        }
        if (!file.normalize().startsWith(directory.normalize())) {
            problems.add(
                    document.problem(
                            at + "/startup-config",
                            file.normalize() + " is outside of the topology's directory"));
        }
        return file;
    }

    private NumberRange range(String at, JsonNode text) {
        return value(at, text, NumberRange::parse, new NumberRange(0, 0));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private <T> List<T> values(String at, JsonNode array, Function<String, T> parse) {
        List<T> values = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            try {
                values.add(parse.apply(array.get(i).asText()));
            } catch (IllegalArgumentException e) {
                problems.add(document.problem(at + "/" + i, String.valueOf(e.getMessage())));
            }
        }
        return values;
    }

    /// Reads one value; a mistake becomes a problem at its line, and `fallback` stands in for it.
    private <T> T value(String at, JsonNode text, Function<String, T> parse, T fallback) {
        try {
            return parse.apply(text.asText());
        } catch (IllegalArgumentException e) {
            problems.add(document.problem(at, String.valueOf(e.getMessage())));
            return fallback;
        }
    }
}
