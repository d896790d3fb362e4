package org.edgeplex.pvm.core;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.record.Attachment;
import org.edgeplex.state.record.CustomerRoute;
import org.edgeplex.state.record.CustomerRouting;

/// The routes that the attachment itself says: the connected prefix and the static routes.
///
/// Rejected ones are counted and left out. The first of two static routes to a prefix wins, and the
/// connected prefix wins over both.
record ConfiguredRoutes(Map<Ipv4Prefix, CustomerRoute> routes, RejectCounts rejects) {
    static ConfiguredRoutes of(Attachment attachment) {
        Map<Ipv4Prefix, CustomerRoute> routes = new HashMap<>();
        RejectCounts rejects = new RejectCounts();
        routes.put(
                attachment.link(),
                new CustomerRoute(
                        CustomerRoute.Source.CONNECTED, attachment.gateway(), Bytes.EMPTY));
        if (attachment.routing() instanceof CustomerRouting.Static(var staticRoutes)) {
            for (CustomerRouting.Static.Route route : staticRoutes) {
                Optional<Reject> reject = reject(attachment, route);
                reject.ifPresent(rejects::count);
                if (reject.isEmpty() && routes.putIfAbsent(route.prefix(), record(route)) != null) {
                    rejects.count(Reject.DUPLICATE);
                }
            }
        }
        return new ConfiguredRoutes(routes, rejects);
    }

    private static Optional<Reject> reject(
            Attachment attachment, CustomerRouting.Static.Route route) {
        return PrefixRules.rejectPrefix(attachment, route.prefix())
                .or(() -> PrefixRules.rejectNextHop(attachment, route.nextHop()));
    }

    private static CustomerRoute record(CustomerRouting.Static.Route route) {
        return new CustomerRoute(CustomerRoute.Source.STATIC, route.nextHop(), Bytes.EMPTY);
    }
}
