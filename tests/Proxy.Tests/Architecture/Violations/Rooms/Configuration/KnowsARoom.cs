#pragma warning disable CS0649 // The fields are there to be found, not to be used.
using Gateway.Proxy.Tests.Architecture.Violations.Rooms.Identity;

namespace Gateway.Proxy.Tests.Architecture.Violations.Rooms.Configuration;

internal sealed class KnowsARoom
{
    public Innocent? Value;
}
