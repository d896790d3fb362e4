package org.edgeplex.state.redis;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// How a store is opened. Shows no password.
///
/// @param endpoints tried in turn until one is a server that takes writes
/// @param user of an ACL; without one, a password is that of the user `default`
/// @param database number of the database in the server
/// @param namespace tells the stores of one server apart
/// @param replicas how many replicas must confirm a write (`WAIT`); 0: none
/// @param waitMillis how long a write waits for them before its outcome is unknown
/// @param changesKept how many changes a reader may fall behind before its cursor is lost
/// @param create whether a store is made where there is none
public record RedisOptions(
        List<Endpoint> endpoints,
        Tls tls,
        Optional<String> user,
        Optional<Secret> password,
        int database,
        String namespace,
        int replicas,
        int waitMillis,
        int changesKept,
        boolean create) {

    public static final String FORM =
            "redis://[USER:PASSWORD@]HOST[:PORT][,HOST[:PORT]...][/DATABASE], rediss:// likewise"
                    + " over TLS, or redis:unix:/SOCKET[?user=USER&database=N], with"
                    + " passwordFile=FILE|passwordEnv=VARIABLE&namespace=NAME&replicas=N"
                    + "&waitMillis=N&changesKept=N&caFile=FILE";

    static final int PORT_DEFAULT = 6_379;
    static final int DATABASE_MAX = 1 << 16;
    static final int REPLICAS_MAX = 64;
    static final int WAIT_MILLIS_MAX = 60_000;
    static final int CHANGES_KEPT_MAX = 1 << 24;

    private static final int CHANGES_KEPT_DEFAULT = 65_536;
    private static final int WAIT_MILLIS_DEFAULT = 1_000;
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public RedisOptions {
        endpoints = List.copyOf(endpoints);
        check("database", database, 0, DATABASE_MAX);
        check("replicas", replicas, 0, REPLICAS_MAX);
        check("waitMillis", waitMillis, 1, WAIT_MILLIS_MAX);
        check("changesKept", changesKept, 1, CHANGES_KEPT_MAX);
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "namespace is 1 to 64 letters, digits, \"-\", \"_\" or \".\"");
        }
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no host");
        }
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "%s out of range %d..%d: %d".formatted(name, min, max, value));
        }
    }

    /// The options that a location names; fails with [org.edgeplex.state.StoreException].
    public static RedisOptions parse(String location) {
        return Location.parse(location);
    }

    static RedisOptions at(List<Endpoint> endpoints, Tls tls) {
        return new RedisOptions(
                endpoints,
                tls,
                Optional.empty(),
                Optional.empty(),
                0,
                "default",
                0,
                WAIT_MILLIS_DEFAULT,
                CHANGES_KEPT_DEFAULT,
                true);
    }

    /// The store's name in messages.
    String name() {
        StringBuilder name = new StringBuilder(tls instanceof Tls.Off ? "redis" : "rediss");
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            String before = i > 0 ? "," : endpoint instanceof Endpoint.Tcp ? "://" : ":";
            name.append(before).append(endpoint);
        }
        return name.append(" namespace ").append(namespace).toString();
    }

    RedisOptions withUser(String wanted) {
        return with(draft -> draft.user = Optional.of(wanted));
    }

    RedisOptions withPassword(Secret wanted) {
        return with(draft -> draft.password = Optional.of(wanted));
    }

    RedisOptions withTls(Tls wanted) {
        return with(draft -> draft.tls = wanted);
    }

    RedisOptions withDatabase(int wanted) {
        return with(draft -> draft.database = wanted);
    }

    public RedisOptions withNamespace(String wanted) {
        return with(draft -> draft.namespace = wanted);
    }

    RedisOptions withReplicas(int wanted) {
        return with(draft -> draft.replicas = wanted);
    }

    RedisOptions withWaitMillis(int wanted) {
        return with(draft -> draft.waitMillis = wanted);
    }

    public RedisOptions withChangesKept(int wanted) {
        return with(draft -> draft.changesKept = wanted);
    }

    public RedisOptions withCreate(boolean wanted) {
        return with(draft -> draft.create = wanted);
    }

    private RedisOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finished();
    }

    /// The same options while one of them changes.
    private static final class Draft {
        final List<Endpoint> endpoints;
        Tls tls;
        Optional<String> user;
        Optional<Secret> password;
        int database;
        String namespace;
        int replicas;
        int waitMillis;
        int changesKept;
        boolean create;

        Draft(RedisOptions options) {
            endpoints = options.endpoints;
            tls = options.tls;
            user = options.user;
            password = options.password;
            database = options.database;
            namespace = options.namespace;
            replicas = options.replicas;
            waitMillis = options.waitMillis;
            changesKept = options.changesKept;
            create = options.create;
        }

        RedisOptions finished() {
            return new RedisOptions(
                    endpoints,
                    tls,
                    user,
                    password,
                    database,
                    namespace,
                    replicas,
                    waitMillis,
                    changesKept,
                    create);
        }
    }
}
