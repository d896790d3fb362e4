package org.edgeplex.controller.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.edgeplex.controller.compute.IdleMode;
import org.edgeplex.controller.health.HealthTiming;
import org.edgeplex.controller.intent.Names;
import org.edgeplex.controller.reconcile.VlanRange;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.state.record.ProviderEdge;
import org.jspecify.annotations.Nullable;

/// Reads the configuration file, or gives the default.
public final class ConfigReader {
    private static final int CORE_MTU_DEFAULT = 1600;
    private static final int CORE_MTU_MIN = 576;
    private static final int CORE_MTU_MAX = 0xffff;
    private static final ConfigDocument.LabelRange LABELS_DEFAULT =
            new ConfigDocument.LabelRange(100_000, 199_999);
    private static final VlanRange VLANS_DEFAULT = new VlanRange(101, 4000);
    private static final YAMLMapper MAPPER = mapper();

    /// What follows is a constructor's own words.
    private static final String PROBLEM = ", problem: ";

    private ConfigReader() {}

    public static ControllerConfig read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e.getMessage());
        }
    }

    /// A PE that has an API and nothing else: to look around.
    ///
    /// @param directory where its store is
    public static ControllerConfig byDefault(Path directory) {
        return parse(
                """
                pe:
                  name: pe1
                  loopback: 192.0.2.1
                  as: 65000
                  core-interface: core0
                  core-mac: "02:ed:6e:00:00:01"
                store: "lmdb:%s"
                """
                        .formatted(directory.resolve("state")),
                "the default configuration");
    }

    static ControllerConfig parse(String text, String where) {
        ConfigDocument document;
        try {
            document = MAPPER.readValue(text, ConfigDocument.class);
        } catch (JsonProcessingException e) {
            throw new ConfigException(where + position(text, e) + ": " + reason(e));
        }
        if (document == null) {
            throw new ConfigException(where + " is empty");
        }
        try {
            return config(document);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(where + ": " + e.getMessage());
        }
    }

    private static ControllerConfig config(ConfigDocument document) {
        ConfigDocument.Pe pe = document.pe();
        ConfigDocument.LabelRange labels = or(pe.labelRange(), LABELS_DEFAULT);
        int coreMtu = or(pe.coreMtu(), CORE_MTU_DEFAULT);
        if (coreMtu < CORE_MTU_MIN || coreMtu > CORE_MTU_MAX) {
            throw new IllegalArgumentException(
                    "pe.core-mtu must be from " + CORE_MTU_MIN + " to " + CORE_MTU_MAX);
        }
        ProviderEdge self =
                new ProviderEdge(
                        Names.parse(pe.name()),
                        pe.loopback(),
                        pe.as(),
                        pe.coreInterface(),
                        pe.coreMac(),
                        coreMtu,
                        or(pe.routeReflectors(), List.of()),
                        new MplsLabel(labels.first()),
                        new MplsLabel(labels.last()));
        String store = document.store();
        if (store == null) {
            throw new IllegalArgumentException("store is required, such as lmdb:DIR");
        }
        return new ControllerConfig(
                self,
                store,
                bridge(document.bridge()),
                hosts(or(document.hosts(), List.of())),
                cvm(document.cvm()),
                or(document.vlanRange(), VLANS_DEFAULT),
                timing(document.health()));
    }

    private static ControllerConfig.SwitchSetting bridge(ConfigDocument.@Nullable Bridge bridge) {
        return bridge == null
                ? new ControllerConfig.SwitchSetting.None()
                : new ControllerConfig.SwitchSetting.OpenVSwitch(
                        bridge.ovsdb(),
                        bridge.openflow(),
                        or(bridge.bridge(), "edge"),
                        bridge.namespace(),
                        bridge.corePort(),
                        bridge.cvmPort());
    }

    private static List<ControllerConfig.Host> hosts(List<ConfigDocument.Host> hosts) {
        Set<String> names = new HashSet<>(Set.of("cvm"));
        List<ControllerConfig.Host> result = new ArrayList<>();
        for (ConfigDocument.Host host : hosts) {
            if (!names.add(Names.parse(host.name()))) {
                throw new IllegalArgumentException(
                        "hosts: the name \"" + host.name() + "\" is taken");
            }
            result.add(
                    new ControllerConfig.Host(
                            host.name(), host.namespace(), or(host.idle(), IdleMode.ADAPTIVE)));
        }
        return result;
    }

    private static ControllerConfig.CvmSetting cvm(ConfigDocument.@Nullable Cvm cvm) {
        return cvm == null
                ? new ControllerConfig.CvmSetting.None()
                : new ControllerConfig.CvmSetting.InNamespace(cvm.namespace());
    }

    private static HealthTiming timing(ConfigDocument.@Nullable Health health) {
        HealthTiming usual = HealthTiming.DEFAULT;
        if (health == null) {
            return usual;
        }
        Integer suspectMillis = health.suspectAfterMillis();
        Integer startSeconds = health.startAllowanceSeconds();
        return new HealthTiming(
                suspectMillis == null
                        ? usual.suspectAfter()
                        : positive(Duration.ofMillis(suspectMillis), "suspect-after-millis"),
                usual.settleAllowance(),
                startSeconds == null
                        ? usual.startAllowance()
                        : positive(Duration.ofSeconds(startSeconds), "start-allowance-seconds"),
                usual.lookMax(),
                usual.stallMax());
    }

    private static Duration positive(Duration duration, String name) {
        if (!duration.isPositive()) {
            throw new IllegalArgumentException("health." + name + " must be more than 0");
        }
        return duration;
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    private static YAMLMapper mapper() {
        SimpleModule values = new SimpleModule();
        text(values, Ipv4Address.class, Ipv4Address::parse);
        text(values, AsNumber.class, AsNumber::parse);
        text(values, MacAddress.class, MacAddress::parse);
        text(values, SwitchAddress.class, SwitchAddress::parse);
        text(values, IdleMode.class, IdleMode::parse);
        text(values, VlanRange.class, text -> range(text, VlanRange::new));
        text(
                values,
                ConfigDocument.LabelRange.class,
                text -> range(text, ConfigDocument.LabelRange::new));
        return YAMLMapper.builder()
                .addModule(values)
                .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    /// `101-199`.
    private static <T> T range(String text, BiFunction<Integer, Integer, T> make) {
        if (!text.matches("[0-9]{1,7}-[0-9]{1,7}")) {
            throw new IllegalArgumentException("a range looks like 101-199: \"" + text + '"');
        }
        int hyphen = text.indexOf('-');
        return make.apply(
                Integer.valueOf(text.substring(0, hyphen)),
                Integer.valueOf(text.substring(hyphen + 1)));
    }

    private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addDeserializer(
                type,
                new StdDeserializer<T>(type) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public T deserialize(JsonParser parser, DeserializationContext context)
                            throws IOException {
                        String text = parser.getValueAsString("");
                        try {
                            return parse.apply(text);
                        } catch (IllegalArgumentException e) {
                            throw JsonMappingException.from(parser, e.getMessage());
                        }
                    }
                });
    }

    /// The line of the mistake, as `:7`; for an unknown field, Jackson has only that of the end of
    /// what it is in.
    private static String position(String text, JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i)
                        .matches(".*\\b" + Pattern.quote(unknown.getPropertyName()) + " *:.*")) {
                    return ":" + (i + 1);
                }
            }
        }
        JsonLocation at = e.getLocation();
        return at == null ? "" : ":" + at.getLineNr();
    }

    private static String reason(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        int detail = message.indexOf(" (class ");
        int problem = message.indexOf(PROBLEM);
        String brief =
                problem >= 0
                        ? message.substring(problem + PROBLEM.length())
                        : detail < 0 ? message : message.substring(0, detail);
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String path =
                    mapping.getPath().stream()
                            .map(step ->
                                    step.getFieldName() == null
                                            ? "[" + step.getIndex() + "]"
                                            : step.getFieldName())
                            .collect(Collectors.joining("."));
            return path.replace(".[", "[") + ": " + brief;
        }
        return brief;
    }
}
