using Gateway.Proxy.Tests.Architecture.Violations.Stages.Identity;

namespace Gateway.Proxy.Tests.Architecture.Violations.Stages.Decisions;

/// <summary>What an earlier stage must not know. Itself it may know an earlier stage.</summary>
internal class Later
{
    public static int Number { get; set; }

    public static Innocent? Earlier { get; set; }
}
