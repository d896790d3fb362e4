package org.edgeplex.controller.intent;

/// A customer's VPN (RFC 9182, section 7.3).
public record VpnService(String vpnId, String customerName) {}
