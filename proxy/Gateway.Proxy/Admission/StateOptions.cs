using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Admission;

/// <summary>Which shared state. Section <c>Gateway:State</c>.</summary>
public sealed class StateOptions
{
    /// <value><c>memory</c> (one process only) or <c>redis</c>. Default <c>memory</c>.</value>
    [Required, RegularExpression("memory|redis", ErrorMessage = "must be 'memory' or 'redis'.")]
    public string Kind { get; set; } = "memory";

    /// <value>For redis: <c>host:port</c> of the one server, or of each address that it may be reached by. The password is
    /// <c>REDIS_PASSWORD</c>, at the top of the configuration.</value>
    public IList<string> Endpoints { get; set; } = [];

    /// <value>For redis: whether to speak TLS to it. Default false.</value>
    public bool Tls { get; set; }

    /// <value>For redis: the beginning of every key. Default <c>gateway</c>.</value>
    [Required, RegularExpression("[a-z0-9-]{1,32}")]
    public string KeyPrefix { get; set; } = "gateway";

    /// <value>For redis: how long one call may take before the request is refused. Default 120 ms, which leaves a busy machine room to
    /// refuse within 250 ms; from 10 ms to 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:00:02")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMilliseconds(120);
}
