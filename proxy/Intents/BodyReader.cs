using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Gateway.Proxy.Intents;

/// <summary>Reads a body once, within its limits of size and time, and holds it against what was signed.</summary>
public sealed class BodyReader(FrontDoorOptions options, TimeProvider time)
{
    public async ValueTask<Result<RequestBody>> ReadAsync(RequestEnvelope envelope, VerifiedAgent agent, long limit, CancellationToken cancellationToken)
    {
        var request = envelope.Http.Request;
        using var deadline = new CancellationTokenSource(options.BodyTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        Result<RequestBody> result;
        try
        {
            result = await RequestBody.ReadAsync(request.Body, limit, request.ContentLength, both.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return ReasonCode.RequestTimeout;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => ReasonCode.RequestTooLarge,
                StatusCodes.Status408RequestTimeout => ReasonCode.RequestTimeout,
                _ => new Refusal(ReasonCode.MalformedRequest, "The body's framing is broken."),
            };
        }

        catch (IOException)
        {
            return new Refusal(ReasonCode.MalformedRequest, "The body's framing is broken."); // A chunk's length past any number, among others.
        }

        if (!result.TryGet(out var body, out _))
        {
            return result;
        }

        if (request.CheckTrailersAvailable() && envelope.Http.Features.GetRequiredFeature<IHttpRequestTrailersFeature>().Trailers.Count > 0)
        {
            body.Dispose();
            return new Refusal(ReasonCode.UnsupportedFeature, "Trailers are not allowed."); // Nothing announced them, and nothing signed covers them.
        }

        if (agent.ClaimedContent is { } claimed && claimed != body.Digest)
        {
            body.Dispose();
            return new Refusal(ReasonCode.InvalidSignature, Note: "the body is not the one that was signed");
        }

        return result;
    }

    /// <summary>Whether a body of this type is accepted: the media type, compared without parameters; a charset other than UTF-8 is refused.</summary>
    public static bool Accepts(string? contentType, IReadOnlyList<string> accepted, out string mediaType)
    {
        mediaType = "";
        if (contentType is null || !MediaTypeHeaderValue.TryParse(contentType, out var parsed)
            || (parsed.Charset.HasValue && !parsed.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        foreach (var type in accepted)
        {
            if (parsed.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            {
                mediaType = type;
                return true;
            }
        }

        return false;
    }
}
