namespace Gateway.Policy.Model;

/// <summary>An agent's maturity in the Agentic Trust Framework, from intern to principal. Unassigned may do nothing.</summary>
public enum AtfLevel
{
    Unassigned = 0,
    L1 = 1,
    L2 = 2,
    L3 = 3,
    L4 = 4,
}
