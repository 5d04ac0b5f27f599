namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What a check of a rule found. The worst of several rules counts: the smallest number. Unset is the worst.</summary>
public enum CheckStatus
{
    /// <summary>The check itself is broken, or what it checks can't be told.</summary>
    Invalid = 0,

    /// <summary>What it asks for isn't there.</summary>
    Missing = 1,

    /// <summary>What it asks for is there and isn't allowed.</summary>
    Disallowed = 2,

    /// <summary>A freeze is on.</summary>
    Active = 3,

    /// <summary>No freeze is on.</summary>
    Inactive = 4,

    /// <summary>All is as asked.</summary>
    Valid = 5,
}
