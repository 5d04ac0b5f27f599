namespace Gateway.Cli.Diagnosis;

/// <summary>Whether it is an instance that listens at an address, told by the keys that it publishes.</summary>
internal static class ListeningInstance
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(2);

    public static async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
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
