using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Running;

/// <summary>How a scenario is driven.</summary>
public enum LoadMode
{
    None = 0,

    /// <summary>As fast as it goes, over all connections.</summary>
    Maximum,

    /// <summary>At a constant arrival rate of half of what the slower of the two Gateways can do, the same for all.</summary>
    HalfLoad,

    /// <summary>One connection, one request after the other.</summary>
    OneConnection,
}

/// <summary>One scenario in one mode, over all targets in turn, several times over.</summary>
public sealed record Phase(Scenario Scenario, LoadMode Mode, TimeSpan Length, int Rounds);
