// What is said of a gateway that the default route doesn't name, as it leads out of an interface that has one other end
// (a VPN, PPP, a TUN device): "destination address required" of errno(3).

export const NO_NEXT_HOP = 'EDESTADDRREQ';
