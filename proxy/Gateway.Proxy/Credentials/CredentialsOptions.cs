using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Credentials;

/// <summary>How secrets for the outside are fetched. Section <c>Gateway:Credentials</c>.</summary>
public sealed class CredentialsOptions
{
    /// <value>How long a secret is held in memory. Default 60 s, which is also the most; from 0.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan Cache { get; set; } = TimeSpan.FromSeconds(60);

    /// <value>How long a source may take. Default 2 s; from 100 ms to 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <value>The folder of mounted secrets, provider <c>files</c>; empty for none. Default empty.</value>
    public string MountedFiles { get; set; } = "";
}
