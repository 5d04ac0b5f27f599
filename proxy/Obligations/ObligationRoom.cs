using System.Text;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Obligations;

/// <summary>
/// The only writer of the body: meets what a decision demands before the action, then makes the grant for exactly what came of it. Doesn't
/// loosen or guess; an obligation that can't be met refuses.
/// </summary>
public sealed class ObligationRoom(DecisionTokens tokens)
{
    public Result<Clearance> Meet(Judgement judgement)
    {
        var decision = judgement.Decision;
        if (decision.Verdict is not (Verdict.Allow or Verdict.Degrade))
        {
            return new Refusal(decision.Reasons.Count > 0 ? decision.Reasons[0] : ReasonCode.InternalError);
        }

        var met = new List<string>(4);
        if (decision.Obligations.LogDetailed)
        {
            met.Add("log_detailed");
        }

        if (decision.Obligations.DryRun)
        {
            if (!CanAnswerAsIf(judgement.Read))
            {
                return new Refusal(ReasonCode.ObligationUnmet, "A dry run of it has no answer.");
            }

            met.Add("dry_run");
            return new Clearance(judgement, Grant: null, met);
        }

        if (decision.Obligations.MaxTokens is { } cap && !TryCap(judgement.Read, cap, met))
        {
            return ReasonCode.ObligationUnmet;
        }

        KeepNothing(judgement.Read, met);
        AskForUsage(judgement.Read, met);
        var body = judgement.Read.Body;
        var intent = judgement.Read.Intent;
        intent = intent with
        {
            Target = intent.Target with { Content = body.Digest },
            Arguments = intent.Arguments.IsEmpty ? default : body.Content,
        };
        return new Clearance(judgement, Grant.Issue(tokens, judgement, intent, met), met);
    }

    /// <summary>A stream, or numbers that only the provider could compute, can't be answered honestly without asking it.</summary>
    private static bool CanAnswerAsIf(ReadIntent read) => read.Intent.Door switch
    {
        Door.Tool => true,
        Door.OpenAi => read.Intent.Operation.ToString() is "chat" or "completions" && !read.Reading.Stream,
        Door.Anthropic => read.Intent.Operation.ToString() == "messages" && !read.Reading.Stream,
        Door.None => false,
    };

    private static bool TryCap(ReadIntent read, int cap, List<string> met)
    {
        var reading = read.Reading;
        if (read.Offer is null)
        {
            return false; // Nothing but a model call has tokens to cap.
        }

        if (reading.MaxTokensField.Length > 0 && (reading.MaxTokens is null || reading.MaxTokens > cap))
        {
            read.Body.Replace(JsonSplice.Set(read.Body.Content.Span, Encoding.ASCII.GetBytes(reading.MaxTokensField), Encoding.ASCII.GetBytes($"{cap}")));
        }

        met.Add("max_tokens");
        return true;
    }

    /// <summary>One provider key serves many agents and tenants: what the provider would keep for one, another could ask for.</summary>
    private static void KeepNothing(ReadIntent read, List<string> met)
    {
        if (read.Reading.StoreMustBeSet)
        {
            read.Body.Replace(JsonSplice.Set(read.Body.Content.Span, "store"u8, "false"u8));
            met.Add("store_off");
        }
    }

    /// <summary>Budgets are settled on what the provider counts, and in a stream it only says so when asked.</summary>
    private static void AskForUsage(ReadIntent read, List<string> met)
    {
        if (read.Reading.StreamUsageMustBeSet)
        {
            read.Body.Replace(JsonSplice.Set(read.Body.Content.Span, "stream_options"u8, "include_usage"u8, "true"u8));
            met.Add("stream_usage");
        }
    }
}
