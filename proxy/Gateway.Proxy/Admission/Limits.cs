using Gateway.Connectors.Contracts;
using Gateway.Policy.Compilation;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Intents;

namespace Gateway.Proxy.Admission;

/// <summary>Which limits a request is charged to: its tenant's, its agent's and its connector's. Each agent has some.</summary>
public sealed class Limits(AdmissionOptions options, IdentityOptions identity)
{
    /// <summary>The most that a budget can have, and so the most that is worth reserving.</summary>
    private const long LargestBudget = 1_000_000_000_000;

    private readonly AgentMemory _memory = new(options, identity.AllowedClockSkew);

    /// <param name="decisionId">Given to whoever comes again under the same idempotency key. What the request holds is held under it too,
    /// so that the journal names what a killed instance held.</param>
    public AdmissionRequest Of(ParsedRequest read, string decisionId, long epoch)
    {
        var connector = read.Connector;
        var rates = new List<RateUse>(3);
        var concurrency = new List<ConcurrencyUse>(2);
        AddAgent(read.Tenant, read.Agent, rates, concurrency);
        if (connector.Rate is { } rate)
        {
            rates.Add(new RateUse($"connector/{connector.Id}", rate));
        }

        if (connector.Concurrency is { } max)
        {
            concurrency.Add(new ConcurrencyUse($"connector/{connector.Id}", max));
        }

        if (read.IdempotencyKey is not null)
        {
            rates.Add(_memory.KeysOf(read.Intent.Agent));
        }

        return new AdmissionRequest
        {
            Tenant = read.Intent.Tenant,
            RequestId = decisionId,
            Epoch = epoch,
            Nonce = read.Agent.Nonce,
            NonceRate = _memory.NoncesOf(read.Agent),
            Rates = rates,
            Concurrency = concurrency,
            Lease = options.Lease,
            Budgets = Budgets(read),
            Idempotency = read.IdempotencyKey is { } key
                ? new IdempotencyUse($"{read.Intent.Agent}/{key}", decisionId, AgentMemory.RememberKeys)
                : null,
        };
    }

    public AdmissionRequest Of(string requestId, VerifiedAgent agent, TenantSnapshot tenant, long epoch)
    {
        var rates = new List<RateUse>(2);
        var concurrency = new List<ConcurrencyUse>(1);
        AddAgent(tenant, agent, rates, concurrency);
        return new AdmissionRequest
        {
            Tenant = agent.Tenant,
            RequestId = requestId,
            Epoch = epoch,
            Nonce = agent.Nonce,
            NonceRate = _memory.NoncesOf(agent),
            Rates = rates,
            Concurrency = concurrency,
            Lease = options.Lease,
        };
    }

    /// <summary>The nonce alone.</summary>
    public static AdmissionRequest Nothing(string requestId, VerifiedAgent agent, long epoch) =>
        new()
        {
            Tenant = agent.Tenant,
            RequestId = requestId,
            Epoch = epoch,
            Nonce = agent.Nonce,
        };

    private static void AddAgent(TenantSnapshot tenant, VerifiedAgent agent, List<RateUse> rates, List<ConcurrencyUse> concurrency)
    {
        if (tenant.Tenant.Rate is { } all)
        {
            rates.Add(new RateUse("tenant", all));
        }

        if (!tenant.Agents.TryGetValue(agent.Agent, out var dossier))
        {
            return; // An unregistered agent has no limits of its own; policy blocks it.
        }

        if (dossier.Limits.Rate is { } own)
        {
            rates.Add(new RateUse(dossier.Limits.Name, own));
        }

        if (dossier.Limits.Concurrency is { } max)
        {
            concurrency.Add(new ConcurrencyUse(dossier.Limits.Name, max));
        }
    }

    /// <summary>Those of tokens first: what a model call may be charged is bounded by the first.</summary>
    private static List<BudgetUse> Budgets(ParsedRequest read)
    {
        var budgets = new List<BudgetUse>(2);
        AddTokens(read, budgets);
        AddCumulative(read, budgets);
        return budgets;
    }

    private static void AddTokens(ParsedRequest read, List<BudgetUse> budgets)
    {
        if (read.Offer is not { } offer)
        {
            return;
        }

        var reserve = Math.Min(read.Reading.InputTokens + read.Reading.MostOutput(offer.MaxTokens), LargestBudget);
        if (read.Tenant.Tenant.ModelTokens is { } all)
        {
            budgets.Add(new BudgetUse("tenant", all, reserve, Sure: read.Reading.InputTokens));
        }

        if (read.Tenant.Agents.TryGetValue(read.Intent.Agent, out var dossier) && dossier.Limits.ModelTokens is { } own)
        {
            budgets.Add(new BudgetUse(dossier.Limits.Name, own, reserve, Sure: read.Reading.InputTokens));
        }
    }

    /// <summary>
    /// A read does nothing that could add up, unless the provider runs a tool in it. An amount that can't be read is blocked by policy, and
    /// counts as none.
    /// </summary>
    private static void AddCumulative(ParsedRequest read, List<BudgetUse> budgets)
    {
        if (
            (read.Operation.Action == ActionType.Read && read.Intent.HostedTools.Count == 0)
            || !read.Tenant.Agents.TryGetValue(read.Intent.Agent, out var dossier)
            || dossier.Agent.Cumulative is not { } limit
        )
        {
            return;
        }

        if (limit.Calls is { } calls)
        {
            budgets.Add(new BudgetUse($"agent/{read.Intent.Agent}/calls", new TokenBudget(calls, limit.Per), 1, Whole: true));
        }

        var transaction =
            read.Operation.Transaction
            ?? dossier.Permissions.GetValueOrDefault((read.Intent.Connector, read.Intent.Operation))?.Transaction;
        if (
            limit.Amount is { } most
            && transaction is not null
            && TransactionAmount.TryRead(transaction, read.Intent.Arguments.Span, out var amount)
        )
        {
            budgets.Add(
                new BudgetUse(
                    $"agent/{read.Intent.Agent}/amount",
                    new TokenBudget(most, limit.Per),
                    Math.Min(amount, MinorUnits.MaxAmount),
                    Whole: true
                )
            );
        }
    }
}
