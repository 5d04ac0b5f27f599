using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json.Nodes;
using Gateway.Cli.Results;

namespace Gateway.Cli.Remote;

/// <summary>
/// The operators' API of one listener, called as one operator. It goes straight to the address that was given: through no proxy, after no
/// redirect. What answers may be anything: of it no more is read than <see cref="MaxBytes"/>, and it isn't waited for longer than
/// <see cref="Longest"/>.
/// </summary>
internal sealed class OperatorsApi : IDisposable
{
    /// <value>Bytes of an answer: room for a page of 200 approvals, or for the longest view.</value>
    private const int MaxBytes = 16 * 1024 * 1024;

    private const int MaxHeadKilobytes = 32;
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Uri _address;
    private readonly Lost _lost;
    private readonly HttpMessageInvoker _invoker;
    private readonly Action<HttpRequestHeaders> _prove;
    private readonly bool _trustsOwn;
    private SslPolicyErrors _distrust;

    /// <param name="ca">PEM; empty for the machine's own authorities.</param>
    /// <param name="prove">Puts into each request what proves the operator.</param>
    /// <exception cref="InvalidInputException">The authority is no certificate.</exception>
    public OperatorsApi(Uri address, string ca, string name, Action<HttpRequestHeaders> prove)
    {
        (_address, _prove, _trustsOwn) = (address, prove, ca.Length > 0);
        _lost = new Lost(OperatorAddress.Text(address), name);
        _invoker = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false, // One would carry the token to wherever the answer says.
                AutomaticDecompression = System.Net.DecompressionMethods.None,
                UseCookies = false,
                UseProxy = false,
                ActivityHeadersPropagator = null,
                ConnectTimeout = Connecting,
                MaxResponseHeadersLength = MaxHeadKilobytes,
                SslOptions = new SslClientAuthenticationOptions
                {
                    CertificateChainPolicy = Authorities.Policy(ca),
                    RemoteCertificateValidationCallback = (_, _, _, errors) => (_distrust = errors) == SslPolicyErrors.None,
                },
            }
        );
    }

    /// <summary>By the endpoint's token.</summary>
    public static OperatorsApi Of(Endpoint at) =>
        new(at.Address, at.Ca, at.Name, headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", at.Token.Reveal()));

    public Task<ApiAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, body: null, version: null, cancellationToken);

    /// <param name="path">Under <c>/admin/v1</c>; what comes from elsewhere has gone through <see cref="PathPart"/>.</param>
    /// <param name="version">The entity tag of what is changed; null where it needs none.</param>
    /// <exception cref="RemoteException">It was refused, can't be reached, or isn't a Gateway.</exception>
    public async Task<ApiAnswer> SendAsync(
        HttpMethod method,
        string path,
        JsonObject? body,
        string? version,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(method, new Uri(_address, "/admin/v1" + path));
        _prove(request.Headers);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Longest);
        try
        {
            using var response = await _invoker.SendAsync(request, deadline.Token);
            await response.Content.LoadIntoBufferAsync(MaxBytes, deadline.Token);
            var bytes = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            return response.IsSuccessStatusCode ? ApiAnswer.Of(response, bytes, _lost) : throw Refusals.Of(response, bytes, _lost);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw _lost.Untrusted(_distrust, ownCa: _trustsOwn);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw _lost.Unreachable(e, mayBeDone: method != HttpMethod.Get);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _lost.Late(Longest, mayBeDone: method != HttpMethod.Get);
        }
    }

    public void Dispose() => _invoker.Dispose();
}
