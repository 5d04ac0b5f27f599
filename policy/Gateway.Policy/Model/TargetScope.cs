namespace Gateway.Policy.Model;

/// <summary>Whether a connector's system is ours or somebody else's. Unset is judged as external.</summary>
public enum TargetScope
{
    External = 0,
    Internal = 1,
}
