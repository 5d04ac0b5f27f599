using System.ComponentModel.DataAnnotations;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Admission;

/// <summary>How requests are admitted and changes followed. Section <c>Gateway:Admission</c>.</summary>
public sealed class AdmissionOptions
{
    /// <value>How often the durable store is asked for changes (revocations, suspensions). Default 250 ms; from 50 ms to 1 s, the longest
    /// that a revocation may take.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:01")]
    [FormerName("Follow")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <value> How long the durable store or the shared epoch may be out of reach before nothing is admitted and running streams end.
    /// Default 5 s; from 1 s to 30 s. </value>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:30")]
    [FormerName("Blind")]
    public TimeSpan MaxStaleness { get; set; } = TimeSpan.FromSeconds(5);

    /// <value>Settlements waiting for a lost shared store. Beyond it they are dropped, and what was reserved stays charged. Default 10,000;
    /// from 100 to 1,000,000.</value>
    [Range(100, 1_000_000)]
    public int PendingSettlements { get; set; } = 10_000;
}
