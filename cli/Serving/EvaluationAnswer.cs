using System.Text;
using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Serving;
using Gateway.Policy.Model;
using Microsoft.AspNetCore.Http;

namespace Gateway.Cli.Serving;

/// <summary>One answer: a status and one JSON object, in the shape that the path asks for.</summary>
internal sealed record EvaluationAnswer(int Status, JsonObject Body)
{
    public static EvaluationAnswer Of(CallDecision decision, IReadOnlyList<string> warnings, bool compatibleStatus)
    {
        var body = decision.ToJson();
        body["ok"] = true;
        body["exit_code"] = decision.ExitCode;
        if (warnings.Count > 0)
        {
            body["warnings"] = warnings.ToJson();
        }

        return new EvaluationAnswer(compatibleStatus ? 200 : StatusOf(decision.Subject.Verdict), body);
    }

    /// <param name="error">Nothing internal: it goes to the caller.</param>
    public static EvaluationAnswer Refused(int status, string error) => new(status, new JsonObject { ["ok"] = false, ["error"] = error });

    public async Task WriteAsync(HttpResponse response, EvaluationShape shape, CancellationToken cancellationToken)
    {
        var (type, content) = shape.LayOut(Body.ToJsonString());
        var bytes = Encoding.UTF8.GetBytes(content);
        response.StatusCode = Status;
        response.ContentType = type;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        await response.BodyWriter.WriteAsync(bytes, cancellationToken);
    }

    private static int StatusOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.Allow => 200,
            Verdict.Block => 403,
            Verdict.RequireApproval or Verdict.Degrade => 409,
        };
}
