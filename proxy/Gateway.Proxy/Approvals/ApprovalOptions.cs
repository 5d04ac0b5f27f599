using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Approvals;

/// <summary>How agents are told of approvals. Section <c>Gateway:Approvals</c>.</summary>
public sealed class ApprovalOptions
{
    /// <value>How often a stream of an approval that nothing happens to says that it is alive. Default 15 s; from 1 s to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);
}
