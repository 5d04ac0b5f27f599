namespace Gateway.LoadTests.Targets;

/// <summary>What can be measured; the zero value is none.</summary>
public enum TargetName
{
    None = 0,

    /// <summary>The answering server itself: what loopback and client cost.</summary>
    Upstream,

    /// <summary>nginx as a plain proxy.</summary>
    Nginx,

    /// <summary>Bare YARP, which every ratio is against.</summary>
    Yarp,

    /// <summary>Gateway with everything on and its embedded state.</summary>
    Embedded,

    /// <summary>Gateway with everything on and its state in a Redis of its own.</summary>
    Redis,

    /// <summary>Portkey's gateway on Node.js.</summary>
    Portkey,
}
