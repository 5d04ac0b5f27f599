using System.Net;
using System.Text.Json;
using Gateway.Cli.Results;
using Gateway.Policy.Model;

namespace Gateway.Cli.Remote;

/// <summary>What a listener refuses, as a command says it: all of its problem document in one text.</summary>
internal static class Refusals
{
    public static RemoteException Of(HttpResponseMessage response, byte[] bytes, Lost lost)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json" || Read(bytes) is not { } problem)
        {
            var status = (int)response.StatusCode;
            return lost.NoGateway(
                status is >= 300 and < 400 ? $"It sends elsewhere ({status}), and nobody follows" : $"Its answer is {status}",
                mayBeDone: false
            );
        }

        var place = problem.Field is { Length: > 0 } field ? $"{problem.Code}, {field}" : problem.Code;
        return new RemoteException(
            ExitOf(response.StatusCode, problem.Code),
            new CommandError(
                $"{VisibleText.Of(lost.Address)} refused it ({VisibleText.Of(place)}): {VisibleText.Of(problem.Detail)}",
                VisibleText.Of(problem.Remedy) + (response.StatusCode == HttpStatusCode.Unauthorized ? Renewal(lost) : "")
            )
        );
    }

    /// <summary>Nothing was done, in all of them; they differ in whether it can be said better.</summary>
    private static ExitCode ExitOf(HttpStatusCode status, string code) =>
        code == "entitlement_missing" ? ExitCode.Blocked
        : status is HttpStatusCode.TooManyRequests || (int)status >= 500 ? ExitCode.Failed
        : ExitCode.InvalidInput;

    private static string Renewal(Lost lost) =>
        $" A token that ended or was revoked, an operator who is suspended, and a wrong name or password look alike: see {lost.Name}.";

    private static ProblemText? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemText>(bytes, ApiAnswer.Form);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ProblemText(string Code, string Detail, string Remedy, string? Field = null);
}
