using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Forwarding;

namespace Gateway.Proxy.Notices;

/// <summary>
/// Tells by HTTP: signed webhooks, and incoming webhooks of Slack's. Goes to the one address that the channel names, by the rules that hold
/// for connectors, and reads no more of an answer than its head.
/// </summary>
internal sealed class WebPost(
    NoticesOptions options,
    ConsoleAddress console,
    CredentialStage credentials,
    OutgoingConnections connections,
    TrustedIssuers issuers,
    TimeProvider time
) : INoticePost
{
    /// <value>KiB of an answer's head.</value>
    private const int MostHead = 16;

    /// <exception cref="CredentialSourceException">A secret can't be had, or isn't one for this.</exception>
    /// <exception cref="HttpRequestException">It could not be sent.</exception>
    public async Task<Delivery> SendAsync(NotificationChannel channel, NoticeRecord notice, CancellationToken cancellationToken)
    {
        var address = await AddressAsync(channel, cancellationToken);
        if (!channel.AllowUnencrypted && !ChannelAddress.IsPrivate(address))
        {
            return Delivery.Failed("Its address is http, so that it could be read on the way: use https, or allowUnencrypted.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        await WriteAsync(request, channel, notice, cancellationToken);
        using var handler = GuardedHandler.Create(
            new Egress(
                channel.Name,
                [string.Create(CultureInfo.InvariantCulture, $"{address.Host}:{address.Port}")],
                channel.Scope,
                connections
            ),
            options.Deadline
        );
        handler.MaxResponseDrainSize = 0;
        handler.MaxResponseHeadersLength = MostHead;
        handler.SslOptions.RemoteCertificateValidationCallback = issuers.Accept;
        using var client = new HttpMessageInvoker(handler, disposeHandler: false);
        using var response = await client.SendAsync(request, cancellationToken);
        return Of(response);
    }

    private async Task<Uri> AddressAsync(NotificationChannel channel, CancellationToken cancellationToken)
    {
        if (channel.Url?.Secret is not { } reference)
        {
            return channel.Url?.Plain ?? throw new CredentialSourceException($"The channel {channel.Name} has no address.");
        }

        var secret = await credentials.FetchAsync(channel.Tenant, reference, cancellationToken);
        if (!ChannelAddress.TryRead(secret.Reveal().Trim(), out var address))
        {
            throw new CredentialSourceException($"{reference} is no http or https address.");
        }

        return WideEgress.Allows(channel, address)
            ? address
            : throw new EgressException($"{reference} is an address that the channel {channel.Name} may not connect to.");
    }

    private async Task WriteAsync(
        HttpRequestMessage request,
        NotificationChannel channel,
        NoticeRecord notice,
        CancellationToken cancellationToken
    )
    {
        var link = console.PageOf(notice.Approval);
        var isSlack = channel.Type == ChannelType.Slack;
        var body = isSlack ? SlackForm.BodyOf(NoticeText.Of(NoticeFacts.Read(notice.Facts), link)) : WebhookForm.BodyOf(notice, link);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue("gateway")));
        if (isSlack)
        {
            return;
        }

        var secrets = new List<(CredentialReference, Secret)>();
        foreach (var reference in channel.Secrets)
        {
            secrets.Add((reference, await credentials.FetchAsync(channel.Tenant, reference, cancellationToken)));
        }

        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", notice.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookForm.Sign(notice.Id, timestamp, body, secrets));
    }

    private Delivery Of(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
        {
            return Delivery.Sent;
        }

        var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - time.GetUtcNow()) : null;
        return response.StatusCode == HttpStatusCode.Gone
            ? new Delivery(false, "It answered 410: it wants nothing more.", IsFinal: true)
            : new Delivery(
                false,
                string.Create(CultureInfo.InvariantCulture, $"It answered {(int)response.StatusCode}."),
                IsFinal: false,
                wait
            );
    }
}
