package org.edgeplex.controller.reconcile;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;

/// Ends a controller's life at the n-th thing that it does to the world, before or after it.
final class Crasher {
    /// The controller's process is gone.
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash(String where) {
            super(where);
        }
    }

    private static final Set<String> ACTIONS =
            Set.of(
                    "write",
                    "start",
                    "kill",
                    "stop",
                    "release",
                    "ensurePort",
                    "removePort",
                    "apply");

    private final int crashAt;
    private final boolean before;
    private int actions;
    private boolean crashed;

    Crasher(int crashAt, boolean before) {
        this.crashAt = crashAt;
        this.before = before;
    }

    static Crasher never() {
        return new Crasher(Integer.MAX_VALUE, true);
    }

    int actions() {
        return actions;
    }

    boolean hasCrashed() {
        return crashed;
    }

    /// The same thing, as this life of the controller sees it.
    <T> T wrap(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            boolean action = ACTIONS.contains(method.getName());
                            boolean here = action && ++actions == crashAt;
                            if (crashed || here && before) {
                                crashed = true;
                                throw new Crash("before " + method.getName());
                            }
                            try {
                                Object result = method.invoke(target, arguments);
                                if (here) {
                                    crashed = true;
                                    throw new Crash("after " + method.getName());
                                }
                                return result;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
