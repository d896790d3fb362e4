package org.edgeplex.state.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.state.Table;
import org.edgeplex.state.Tables;

/// Keys in the form for people: the components with `/` between them, `7/10.1.0.0/24`.
///
/// What a key consists of is read off the catalogue's declaration of its table. A text may contain
/// `/` itself; there is at most one in a key, and it takes what the others leave.
final class KeyText<K> {
    private static final String SEPARATOR = "/";

    private final Class<K> type;

    private KeyText(Class<K> type) {
        this.type = type;
    }

    @SuppressWarnings("unchecked")
    static <K> KeyText<K> ofTable(Table<K, ?> table) {
        return new KeyText<>((Class<K>) declaredKeyType(table));
    }

    static String of(Object key) {
        return isComposed(key.getClass())
                ? Stream.of(key.getClass().getRecordComponents())
                        .map(component -> of(RecordTree.component(key, component)))
                        .collect(Collectors.joining(SEPARATOR))
                : key.toString();
    }

    /// What a key looks like: `attachmentNumber/prefix`.
    String form() {
        return isComposed(type)
                ? Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(SEPARATOR))
                : type.getSimpleName();
    }

    /// Fails with [IllegalArgumentException], which says what is wrong.
    K parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("empty");
        }
        return type.cast(isComposed(type) ? parseComponents(text) : parseOne(type, text));
    }

    private Object parseComponents(String text) {
        Deque<String> segments = new ArrayDeque<>(Arrays.asList(text.split(SEPARATOR, -1)));
        Class<?>[] types =
                Stream.of(type.getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
        int left = Stream.of(types).mapToInt(KeyText::segmentsMin).sum();
        int spare = segments.size() - left;
        List<Object> values = new ArrayList<>();
        for (Class<?> component : types) {
            int taken = segmentsMin(component) + (component == String.class ? spare : 0);
            if (spare < 0 || taken > segments.size()) {
                throw new IllegalArgumentException("too few parts");
            }
            values.add(
                    parseOne(
                            component,
                            Stream.generate(segments::removeFirst)
                                    .limit(taken)
                                    .collect(Collectors.joining(SEPARATOR))));
        }
        if (!segments.isEmpty()) {
            throw new IllegalArgumentException("too many parts");
        }
        return construct(types, values);
    }

    private Object construct(Class<?>[] types, List<Object> values) {
        try {
            Constructor<?> constructor = type.getConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            throw refusal(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("keys are public records", e);
        }
    }

    private static Object parseOne(Class<?> type, String text) {
        if (type == String.class) {
            return text;
        }
        if (type == int.class || type == Integer.class) {
            return Integer.parseInt(text);
        }
        if (type == long.class || type == Long.class) {
            return Long.parseLong(text);
        }
        if (type == MplsLabel.class) {
            return new MplsLabel(Integer.parseInt(text));
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (constant.toString().equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(
                    text + " is none of " + Arrays.toString(type.getEnumConstants()));
        }
        try {
            return type.getMethod("parse", String.class).invoke(type, text);
        } catch (InvocationTargetException e) {
            throw refusal(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("network values can be parsed: " + type, e);
        }
    }

    private static IllegalArgumentException refusal(InvocationTargetException e) {
        if (e.getCause() instanceof IllegalArgumentException refusal) {
            return refusal;
        }
        throw new IllegalStateException(e);
    }

    private static int segmentsMin(Class<?> type) {
        return type == Ipv4Prefix.class ? 2 : 1;
    }

    private static boolean isComposed(Class<?> type) {
        return type.isRecord() && !RecordTree.isNetworkValue(type);
    }

    /// The `K` of the constant `Table<K, V>` that holds the table.
    private static Class<?> declaredKeyType(Table<?, ?> table) {
        try {
            for (Field field : Tables.class.getFields()) {
                if (Modifier.isStatic(field.getModifiers())
                        && field.getGenericType() instanceof ParameterizedType type
                        && field.get(Tables.class) instanceof Table<?, ?> declared
                        && declared.id().equals(table.id())) {
                    return (Class<?>) type.getActualTypeArguments()[0];
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the catalogue is public", e);
        }
        throw new IllegalStateException("table " + table + " is not in the catalogue");
    }
}
