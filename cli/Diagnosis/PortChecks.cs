using System.Net;
using System.Net.Sockets;

namespace Gateway.Cli.Diagnosis;

/// <summary>Whether an instance could listen where it is told to, or does already.</summary>
internal static class PortChecks
{
    private const string Check = "port";
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    public static async Task<IEnumerable<Finding>> PortsAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var url in context.Urls)
        {
            findings.Add(await JudgeAsync(url, cancellationToken));
        }

        return findings;
    }

    private static async Task<Finding> JudgeAsync(string url, CancellationToken cancellationToken)
    {
        // '+' and '*' are Kestrel's words for every address.
        var isAny = url.Contains("//*", StringComparison.Ordinal) || url.Contains("//+", StringComparison.Ordinal);
        if (
            !Uri.TryCreate(
                url.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal),
                UriKind.Absolute,
                out var address
            ) || address.Scheme is not ("http" or "https")
        )
        {
            return new Finding(
                Check,
                FindingStatus.Fail,
                $"'{url}' isn't an address that can be listened at.",
                "Write it as http://127.0.0.1:8080."
            );
        }

        var local =
            isAny ? IPAddress.Any
            : address.HostNameType == UriHostNameType.Dns ? IPAddress.Loopback
            : IPAddress.Parse(address.Host.Trim('[', ']'));
        try
        {
            using var listener = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(local, address.Port));
            return new Finding(Check, FindingStatus.Pass, $"{url} is free.");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            var target = local.Equals(IPAddress.Any) ? IPAddress.Loopback : local;
            return await IsInstanceAsync(new UriBuilder(address) { Host = target.ToString() }.Uri, cancellationToken)
                ? new Finding(Check, FindingStatus.Pass, $"An instance is listening at {url}.")
                : new Finding(
                    Check,
                    FindingStatus.Fail,
                    $"Something else is listening at {url}.",
                    "End it, or listen elsewhere: gateway serve --urls http://127.0.0.1:8081"
                );
        }
        catch (SocketException e)
        {
            return new Finding(
                Check,
                FindingStatus.Fail,
                $"Nothing can listen at {url}: {e.Message}",
                "Name an address of this machine and a port that this user may open."
            );
        }
    }

    private static async Task<bool> IsInstanceAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = Within });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Within);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, "/.well-known/jwks.json"));
            using var answer = await client.SendAsync(request, limit.Token);
            return answer.IsSuccessStatusCode
                && (await answer.Content.ReadAsStringAsync(limit.Token)).Contains("\"keys\"", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
