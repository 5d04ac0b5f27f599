namespace Gateway.Gait.Packs;

/// <summary>
/// The one line that goes into a ticket, in the form that tools of Gait's format look for, its program's name included. <c>gateway
/// verify</c> takes the same run and the same pack.
/// </summary>
public static class TicketFooter
{
    public static string Of(Runpack pack) =>
        $"GAIT run_id={pack.RunId} manifest=sha256:{pack.ManifestDigest} verify=\"gait verify {pack.RunId}\"";
}
