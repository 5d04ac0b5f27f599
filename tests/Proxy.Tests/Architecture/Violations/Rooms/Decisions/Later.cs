using Gateway.Proxy.Tests.Architecture.Violations.Rooms.Identity;

namespace Gateway.Proxy.Tests.Architecture.Violations.Rooms.Decisions;

/// <summary>What an earlier room must not know. Itself it may know an earlier room.</summary>
internal class Later
{
    public static int Number { get; set; }

    public static Innocent? Earlier { get; set; }
}
