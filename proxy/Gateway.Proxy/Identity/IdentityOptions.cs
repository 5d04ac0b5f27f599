using System.ComponentModel.DataAnnotations;

namespace Gateway.Proxy.Identity;

/// <summary>How identity is proven. Section <c>Gateway:Identity</c>.</summary>
public sealed class IdentityOptions
{
    /// <value> How far an agent's clock may be ahead, and for how long signatures are refused after the shared state lost its memory.
    /// Default 5 s; from 0 s to 60 s. </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan AllowedClockSkew { get; set; } = TimeSpan.FromSeconds(5);
}
