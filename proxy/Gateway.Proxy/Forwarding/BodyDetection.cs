using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Forwarding;

/// <summary>Tells YARP whether there is a body to copy: the judged one, whatever the caller's framing said.</summary>
internal sealed class BodyDetection(bool canHaveBody) : IHttpRequestBodyDetectionFeature
{
    public static BodyDetection Present { get; } = new(true);

    public static BodyDetection None { get; } = new(false);

    public bool CanHaveBody { get; } = canHaveBody;
}
