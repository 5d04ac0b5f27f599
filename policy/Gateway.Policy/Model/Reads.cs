namespace Gateway.Policy.Model;

/// <summary>What a decision rests on, as a set. Whether it may be kept for other actions of its class depends on it.</summary>
[Flags]
public enum Reads
{
    /// <summary>Nobody said what was read, so nothing may be kept.</summary>
    None = 0,

    /// <summary>The agent's own document.</summary>
    Agent = 1 << 0,

    /// <summary>Any other document: a connector, a permission, a gate, a flow, a test.</summary>
    Documents = 1 << 1,

    /// <summary>
    /// The agent's lifecycle status and demotion at run time. They are looked at anew for every request, so a kept decision holds for this
    /// standing alone.
    /// </summary>
    Standing = 1 << 2,

    /// <summary>The arguments of this one action.</summary>
    Arguments = 1 << 3,

    /// <summary>The moment of judging, where a later one could give another answer.</summary>
    Clock = 1 << 4,

    /// <summary>The run that the action belongs to.</summary>
    Session = 1 << 5,

    /// <summary>What else is only known at run time.</summary>
    RunTimeFacts = 1 << 6,

    /// <summary>Whatever can differ between two actions of one class.</summary>
    OfOneAction = Arguments | Clock | Session | RunTimeFacts,
}
