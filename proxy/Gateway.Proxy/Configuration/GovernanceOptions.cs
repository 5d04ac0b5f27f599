using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Configuration;

/// <summary>Where the governance documents are. Section <c>Gateway:Governance</c>.</summary>
public sealed class GovernanceOptions
{
    /// <value>A folder; every <c>*.yaml</c> and <c>*.yml</c> under it is read. Default <c>samples/governance</c>.</value>
    [Required]
    public string Path { get; set; } = "samples/governance";

    /// <value>How often the folder is looked at. Default 1 s; from 100 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    [FormerName("Poll")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
}
