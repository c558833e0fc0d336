"""Sources of the strategies, as cited by Axelrod-Python 4.14 (docs/reference/bibliography)."""

AXELROD_1980 = (
    "Axelrod 1980, Effective Choice in the Prisoner's Dilemma, Journal of Conflict Resolution 24(1)"
)
AXELROD_1980B = (
    "Axelrod 1980, More Effective Choice in the Prisoner's Dilemma, "
    "Journal of Conflict Resolution 24(3)"
)
AXELROD_1984 = "Axelrod 1984, The Evolution of Cooperation, Basic Books"
ADAMI_2013 = (
    "Adami & Hintze 2013, Evolutionary instability of zero-determinant strategies demonstrates "
    "that winning is not everything, Nature Communications"
)
AKIN_2015 = (
    "Akin 2015, What You Gotta Know to Play Good in the Iterated Prisoner's Dilemma, Games 6(3)"
)
ANDRE_2013 = "Andre et al. 2013, Iterated Prisoner's Dilemma: An Extended Analysis"
ASHLOCK_2006 = (
    "Ashlock, Kim & Leahy 2006, Understanding Representational Sensitivity in the Iterated "
    "Prisoner's Dilemma with Fingerprints, IEEE Trans. Systems, Man, and Cybernetics C 36(4)"
)
ASHLOCK_2006B = (
    "Ashlock & Ashlock 2006, Changes in Prisoner's Dilemma Strategies Over Evolutionary Time With "
    "Different Population Sizes, IEEE Congress on Evolutionary Computation"
)
ASHLOCK_2008 = (
    "Ashlock & Kim 2008, Fingerprinting: Visualization and Automatic Analysis of Prisoner's "
    "Dilemma Strategies, IEEE Trans. Evolutionary Computation 12(5)"
)
ASHLOCK_2009 = (
    "Ashlock, Kim & Ashlock 2009, Fingerprint Analysis of the Noisy Prisoner's Dilemma Using a "
    "Finite-State Representation, IEEE Trans. Computational Intelligence and AI in Games 1(2)"
)
ASHLOCK_2014 = "Ashlock, Tsang & Ashlock 2014, The Evolution of Exploitation, IEEE FOCI"
ASHLOCK_2015 = (
    "Ashlock, Brown & Hingston 2015, Multiple Opponent Optimization of Prisoner's Dilemma Playing "
    "Agents, IEEE Trans. Computational Intelligence and AI in Games"
)
BANKS_1990 = (
    "Banks & Sundaram 1990, Repeated Games, Finite Automata, and Complexity, "
    "Games and Economic Behavior 2(2)"
)
BEAUFILS_1997 = (
    "Beaufils, Delahaye & Mathieu 1997, Our Meeting With Gradual: A Good Strategy For The Iterated "
    "Prisoner's Dilemma"
)
BERG_2015 = (
    "van den Berg & Weissing 2015, The Importance of Mechanisms for the Evolution of Cooperation, "
    "Proceedings of the Royal Society B 282"
)
CRISTAL_2018 = "CRISTAL Lab, SMAC team, Lille 2018, IPD: the Iterated Prisoner's Dilemma (software)"
ECKHART_2016 = "Arnold 2016, CoopSim 0.9.9 beta 6 (software)"
FREAN_1994 = (
    "Frean 1994, The Prisoner's Dilemma without Synchrony, "
    "Proceedings: Biological Sciences 257(1348)"
)
HARPER_2017 = (
    "Harper et al. 2017, Reinforcement Learning Produces Dominant Strategies for the Iterated "
    "Prisoner's Dilemma, PLoS ONE"
)
HILBE_2013 = (
    "Hilbe, Nowak & Traulsen 2013, Adaptive Dynamics of Extortion and Compliance, PLoS ONE 8(11)"
)
HILBE_2017 = "Hilbe et al. 2017, Memory-n Strategies of Direct Reciprocity, PNAS 114(18)"
KUHN_2017 = "Kuhn 2017, Prisoner's Dilemma, Stanford Encyclopedia of Philosophy (Spring 2017)"
LESSWRONG_2011 = "Zoo of Strategies 2011, Prisoner's Dilemma Tournament Results, LessWrong"
LI_2007 = (
    "Li 2007, How to Design a Strategy to Win an IPD Tournament, in Kendall, Yao & Chong (eds.), "
    "The Iterated Prisoner's Dilemma: 20 Years On, World Scientific"
)
LI_2009 = (
    "Li & Kendall 2009, A Strategy with Novel Evolutionary Features for the Iterated Prisoner's "
    "Dilemma, Evolutionary Computation 17(2)"
)
LI_2011 = (
    "Li, Hingston & Kendall 2011, Engineering Design of Strategies for Winning Iterated Prisoner's "
    "Dilemma Competitions, IEEE Trans. Computational Intelligence and AI in Games 3(4)"
)
IZQUIERDO_2008 = (
    "Izquierdo & Izquierdo 2008, Dynamics of the Bush-Mosteller Learning Algorithm in 2x2 Games, "
    "in Reinforcement Learning, InTech"
)
MARINOFF_1992 = (
    "Marinoff 1992, Maximizing Expected Utilities in the Prisoner's Dilemma, "
    "Journal of Conflict Resolution 36(1)"
)
MATHIEU_2015 = (
    "Mathieu & Delahaye 2015, New Winning Strategies for the Iterated Prisoner's Dilemma, AAMAS"
)
MITTAL_2009 = (
    "Mittal & Deb 2009, Optimal Strategies of the Iterated Prisoner's Dilemma Problem for Multiple "
    "Conflicting Objectives, IEEE Trans. Evolutionary Computation 13(3)"
)
MURASE_2020 = (
    "Murase & Baek 2020, Five Rules for Friendly Rivalry in Direct Reciprocity, "
    "Scientific Reports 10:16904"
)
NACHBAR_1992 = (
    "Nachbar 1992, Evolution in the Finitely Repeated Prisoner's Dilemma, "
    "Journal of Economic Behavior & Organization 19(3)"
)
NCASE_2017 = "ncase/trust, The Evolution of Trust (software)"
NAY_2016 = (
    "Nay & Vorobeychik 2016, Predicting Human Cooperation, PLOS ONE 11(5) e0155656 (replies); "
    "Dal Bó & Fréchette 2011, The Evolution of Cooperation in Infinitely Repeated Games, "
    "American Economic Review 101(1) (first move)"
)
NOWAK_1993 = (
    "Nowak & Sigmund 1993, A Strategy of Win-Stay, Lose-Shift that Outperforms Tit-for-Tat in the "
    "Prisoner's Dilemma Game, Nature 364"
)
PD_2017 = "prisoners-dilemma.com 2017, competition (web page)"
PRESS_2012 = (
    "Press & Dyson 2012, Iterated Prisoner's Dilemma Contains Strategies that Dominate any "
    "Evolutionary Opponent, PNAS 109(26)"
)
PRISON_1998 = "LIFL 1998, PRISON (software)"
ROBSON_1990 = (
    "Robson 1990, Efficiency in Evolutionary Games: Darwin, Nash and the Secret Handshake, "
    "Journal of Theoretical Biology 144(3)"
)
ROEMHELD_2013 = (
    "Roemheld 2013, Evolutionary Extortion and Mischief: Zero Determinant Strategies in Iterated "
    "2x2 Games, arXiv 1308.2576"
)
SLANY_2007 = (
    "Slany & Kienreich 2007, On Some Winning Strategies for the Iterated Prisoner's Dilemma, in "
    "Kendall, Yao & Chong (eds.), The Iterated Prisoner's Dilemma: 20 Years On, World Scientific"
)
STEWART_2012 = (
    "Stewart & Plotkin 2012, Extortion and Cooperation in the Prisoner's Dilemma, PNAS 109(26)"
)
TZAFESTAS_2000 = (
    "Tzafestas 2000, Toward Adaptive Cooperative Behavior, From Animals to Animats (SAB 2000)"
)
WU_1995 = (
    "Wu & Axelrod 1995, How to Cope with Noise in the Iterated Prisoner's Dilemma, "
    "Journal of Conflict Resolution 39(1)"
)


def library(author: str) -> str:
    """Cite a strategy that Axelrod-Python was the first to name."""
    return f"Axelrod-Python, original name by {author}"
