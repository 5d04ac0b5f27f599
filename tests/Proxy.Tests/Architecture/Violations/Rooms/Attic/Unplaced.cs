#pragma warning disable CS0649 // The fields are there to be found, not to be used.
using Gateway.Proxy.Tests.Architecture.Violations.Rooms.Identity;

namespace Gateway.Proxy.Tests.Architecture.Violations.Rooms.Attic;

internal sealed class Unplaced
{
    public Innocent? Value;
}
