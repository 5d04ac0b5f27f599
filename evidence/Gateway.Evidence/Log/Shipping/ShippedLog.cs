namespace Gateway.Evidence.Log.Shipping;

/// <summary>What became of one log in a pass.</summary>
/// <param name="Tenant">Whose it is; <c>_system</c> for nobody's.</param>
public sealed record ShippedLog(string Tenant, string Log)
{
    /// <value>Sealed segments that the archive should have.</value>
    public int Sealed { get; init; }

    /// <value>Segments that were copied in this pass, and read back.</value>
    public int Shipped { get; init; }

    /// <value>Bytes of these.</value>
    public long Bytes { get; init; }

    /// <value>Sealed segments that the archive doesn't verifiably hold.</value>
    public int Unshipped { get; init; }

    /// <summary>What stood in the way; empty for nothing.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Whether there was more than one pass does, and nothing in the way of the next.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Whether somebody else ships it right now: nothing is known of it.</summary>
    public bool IsBusy { get; init; }
}
